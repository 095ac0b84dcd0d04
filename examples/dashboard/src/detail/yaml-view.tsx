import { stringifyManifest } from "@kubewright/core";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../app/icon.tsx";
import { explain } from "../text/explain.ts";
import type { AnyObject } from "./followed.ts";
import { YamlLine } from "./yaml-line.tsx";

/** The object as kubectl prints it, as it is now. */
export function YamlView({ object }: { readonly object: AnyObject }): JSX.Element {
  const [yaml, setYaml] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
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
  }, [object]);
  const copy = (): void => {
    navigator.clipboard.writeText(yaml ?? "").then(
      () => setCopied("Copied"),
      () => setCopied("The browser does not let this page copy"),
    );
  };
  if (problem !== undefined)
    return (
      <p class="empty" role="alert">
        {explain(problem, "write it as YAML")}
      </p>
    );
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
