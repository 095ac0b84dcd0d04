// The shared worker that holds the watches of all tabs.
import "@kubewright/browser/worker";
