import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ConnectionLamp } from "./connection-lamp.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { NamespacePicker } from "./namespace-picker.tsx";
import { go } from "./navigate.ts";
import { hrefOf, type Route } from "./route.ts";
import { type Theme, useTheme } from "./theme.ts";

/** What stands above every view. */
export function TopBar({ route }: { readonly route: Route }): JSX.Element {
  return (
    <header class="top-bar">
      <a class="brand" href={hrefOf({ ...route, view: "overview", search: "", open: undefined, tab: undefined })}>
        <img src="./mark.svg" alt="" width={26} height={26} />
        <span>Kubewright</span>
      </a>
      <NamespacePicker route={route} />
      <Search route={route} />
      <ConnectionLamp />
      <ThemeSwitch />
    </header>
  );
}

function Search({ route }: { readonly route: Route }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const { target } = event;
      const typing = target instanceof HTMLElement && target.closest("input, textarea, select, dialog") !== null;
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener("keydown", focus);
    return () => removeEventListener("keydown", focus);
  }, []);
  const disabled = route.view === "overview";
  return (
    <label class="search">
      <span class="unseen">Search by name, status, node or label</span>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        value={route.search}
        placeholder="Name, status, node, label=value"
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget: { value } }) =>
          go({ search: value, ...(disabled && value !== "" ? { view: "pods" as const } : {}) }, "same")
        }
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          go({ search: "" }, "same");
          event.currentTarget.blur();
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}

const next: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const icons: Readonly<Record<Theme, IconName>> = { system: "system", light: "sun", dark: "moon" };

function ThemeSwitch(): JSX.Element {
  const [theme, setTheme] = useTheme();
  const text = theme === "system" ? "as the system" : theme;
  return (
    <button type="button" class="icon-button" title={`Theme: ${text}`} onClick={() => setTheme(next[theme])}>
      <Icon name={icons[theme]} />
      <span class="unseen">
        Theme: {text}. Change it to {next[theme]}
      </span>
    </button>
  );
}
