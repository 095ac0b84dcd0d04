import { DashExampleComV1__1 } from "./expected/dash.example.com/v1--1.ts";
import { DashExampleComV1_10 } from "./expected/dash.example.com/v1-10.ts";
import { DashExampleComV1_1_0, type Cluster } from "./expected/dash.example.com/v1-1-0.ts";
import { DashExampleComV11_0 } from "./expected/dash.example.com/v11-0.ts";

export const groups: readonly object[] = [DashExampleComV1__1, DashExampleComV1_10, DashExampleComV1_1_0, DashExampleComV11_0];
export const cluster: Cluster = { apiVersion: "dash.example.com/v1-1-0", spec: { size: 1 } };
// @ts-expect-error another version
export const other: Cluster = { apiVersion: "dash.example.com/v1-10" };
