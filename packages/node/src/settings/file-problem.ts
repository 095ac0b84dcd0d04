/** What is wrong with a file that cannot be read, and what to do; to follow its path in a message. `fix` is for one that exists. */
export function fileProblem(error: unknown, fix: string): string {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  switch (code) {
    case "EISDIR":
      return `is a folder, not a file (${code}); correct the path, or remove the folder where a mount made it in place of a file`;
    case "ELOOP":
      return `is a link that leads back to itself (${code}); correct the link`;
    case "ENXIO":
      return `is a socket, not a file (${code}); correct the path`;
    default:
      return `(${code}); ${fix}`;
  }
}
