import { simulationCases } from "./simulation-cases.ts";

simulationCases("second");
