import { gitVersion, major, minor } from "../gen/version.ts";

/** Which Kubernetes this is (k8s.io/apimachinery pkg/version); how it was built is nobody's. */
export const version: object = {
  major,
  minor,
  emulationMajor: major,
  emulationMinor: minor,
  minCompatibilityMajor: major,
  minCompatibilityMinor: String(Number(minor) - 1),
  gitVersion,
  gitCommit: "",
  gitTreeState: "",
  buildDate: "1970-01-01T00:00:00Z",
  goVersion: "",
  compiler: "",
  platform: "",
};
