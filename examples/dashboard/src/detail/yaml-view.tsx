import { isKubeError, stringifyManifest } from "@kubewright/core";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../app/icon.tsx";
import { PartFailure } from "../app/part-failure.tsx";
import { explain } from "../text/explain.ts";
import type { AnyObject } from "./followed.ts";
import { YamlLine } from "./yaml-line.tsx";

/** The object as kubectl prints it, as it is now. */
export function YamlView({ object }: { readonly object: AnyObject }): JSX.Element {
  const [yaml, setYaml] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [copied, setCopied] = useState<string>();
  useEffect(() => {
    let current = true;
    stringifyManifest([object]).then(
      (text) => {
        if (!current) return;
        setYaml(text);
        setProblem(undefined);
      },
      (error: unknown) => current && setProblem(error),
    );
    return () => {
      current = false;
    };
  }, [object, attempt]);
  const copy = (): void => {
    navigator.clipboard.writeText(yaml ?? "").then(
      () => setCopied("Copied"),
      () => setCopied("The browser does not let this page copy"),
    );
  };
  if (isKubeError(problem))
    return (
      <p class="empty" role="alert">
        {explain(problem, "write it as YAML")}
      </p>
    );
  // The writer of YAML is a file of its own.
  if (problem !== undefined) return <PartFailure what="YAML" onRetry={() => setAttempt(attempt + 1)} />;
  if (yaml === undefined) return <p class="empty reading">Writing YAML …</p>;
  return (
    <div class="text-pane">
      <div class="pane-tools">
        <span role="status">{copied}</span>
        <button type="button" class="button" onClick={copy}>
          <Icon name="copy" />
          Copy
        </button>
      </div>
      <pre class="code" tabIndex={0} role="region" aria-label="The object as YAML">
        {yaml
          .trimEnd()
          .split("\n")
          .map((line, index) => (
            <YamlLine key={index} text={line} />
          ))}
      </pre>
    </div>
  );
}
