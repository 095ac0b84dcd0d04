import { useEffect, useState } from "preact/hooks";

/** Light, dark, or as the system has it. */
export type Theme = "system" | "light" | "dark";

const key = "kubewright-theme";

/** Browsers may forbid storage; the choice then holds until the page is left. */
function remembered(): Theme {
  try {
    const found = localStorage.getItem(key);
    return found === "light" || found === "dark" ? found : "system";
  } catch {
    return "system";
  }
}

function remember(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // said above
  }
}

/** Gives the page its theme before anything is drawn. */
export function applyTheme(theme: Theme = remembered()): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** The theme, and what changes it. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(remembered);
  useEffect(() => applyTheme(theme), [theme]);
  return [
    theme,
    (wanted) => {
      remember(wanted);
      setTheme(wanted);
    },
  ];
}
