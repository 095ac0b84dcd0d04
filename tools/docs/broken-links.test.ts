import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { brokenLinks } from "./broken-links.ts";

function site(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "kubewright-site-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test("links to files, to places in them and to other sites are whole", () => {
  const folder = site({
    "index.html":
      '<a class="x" href="a/b.html#there">b</a> <a href="a/">a</a> <a href="https://example.com/no">w</a> <a href="#">top</a>',
    "a/b.html":
      '<h2 id="there">B</h2> <a href="../index.html">up</a> <a href="#there">here</a> <a href="c%20d.txt">c</a>',
    "a/c d.txt": "text",
  });
  expect(brokenLinks(folder)).toEqual([]);
});

test.each(["gone.html", "a/gone.html", "a/b.html#gone", "#gone", "/a/b.html"])("a link to %s is broken", (link) => {
  const folder = site({ "index.html": `<a href="${link}">b</a>`, "a/b.html": '<h2 id="there">B</h2>' });
  expect(brokenLinks(folder)).toEqual([`index.html: ${link}`]);
});
