import "@kubewright/browser/worker";
