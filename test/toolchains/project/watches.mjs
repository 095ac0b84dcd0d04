// The shared worker of a page's tabs.
import "@kubewright/browser/worker";
