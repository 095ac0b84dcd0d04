import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { expect, inject, test } from "vitest";

test.each(["auto", "http/1.1"] as const)("a warning of the API server arrives as it wrote it: %s", async (protocol) => {
  const warnings: string[] = [];
  const { kubeconfig } = inject("controlPlane").admin;
  await using cluster = await connect({
    kubeconfig,
    protocol,
    userAgent: "Größe/1 (大小)",
    onWarning: (text) => warnings.push(text),
  });
  const configMap = { metadata: { name: "header-text" }, data: {}, "größe 大小 €": 1 };
  await cluster.api(CoreV1).configMaps.in("default").create(configMap, { dryRun: "All", fieldValidation: "Warn" });
  expect(warnings).toEqual(['unknown field "größe 大小 €"']);
});
