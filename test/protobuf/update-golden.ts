import { mkdirSync, writeFileSync } from "node:fs";
import { buildControlPlane } from "../controlplane/build.ts";
import { goldenFile, makeGoldenFile } from "./golden.ts";

// Writes packages/protobuf/src/golden anew: node test/protobuf/update-golden.ts
mkdirSync(new URL(".", goldenFile), { recursive: true });
writeFileSync(goldenFile, await makeGoldenFile(await buildControlPlane()));
