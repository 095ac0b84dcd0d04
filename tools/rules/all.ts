import { declaredImports } from "./declared-imports.ts";
import { docstrings } from "./docstrings.ts";
import { documentedNames } from "./documented-names.ts";
import { exportedNames } from "./exported-names.ts";
import { fileLength } from "./file-length.ts";
import { fileNames } from "./file-names.ts";
import { folderLayers } from "./folder-layers.ts";
import { importArrows } from "./import-arrows.ts";
import { importCycles } from "./import-cycles.ts";
import { links } from "./links.ts";
import { manifests } from "./manifests.ts";
import { moduleStyle } from "./module-style.ts";
import { noFocusedTests } from "./no-focused-tests.ts";
import { noMachineTraces } from "./no-machine-traces.ts";
import { noAny } from "./no-any.ts";
import { oneClock } from "./one-clock.ts";
import { pureGroups } from "./pure-groups.ts";
import type { Rule } from "./repo.ts";
import { roomReadmes } from "./room-readmes.ts";

export const allRules: readonly Rule[] = [
  importArrows,
  folderLayers,
  declaredImports,
  importCycles,
  moduleStyle,
  noAny,
  pureGroups,
  oneClock,
  fileNames,
  fileLength,
  roomReadmes,
  noMachineTraces,
  noFocusedTests,
  manifests,
  links,
  documentedNames,
  exportedNames,
  docstrings,
];
