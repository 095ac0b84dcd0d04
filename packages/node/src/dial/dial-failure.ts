import { ConnectionError } from "@kubewright/core";

/** An error of Node's sockets or resolver. */
interface SocketError extends Error {
  readonly code?: string;
  readonly address?: string;
  /** Those of each address, where a name has several. */
  readonly errors?: readonly SocketError[];
}

/** The error of a connection that did not come about; undefined when nothing is known that says more than the error itself. */
export function dialFailed(error: SocketError, where: string): ConnectionError | undefined {
  const each = error.errors ?? [error];
  const codes = each.map(({ code = "" }) => code);
  // Whoever refuses is there; whoever does not answer may be there.
  const code = Object.keys(answers).find((known) => codes.includes(known));
  const answer = code === undefined ? undefined : answers[code];
  if (answer === undefined) return undefined;
  const told =
    each.length === 1 ? "" : ` (${each.slice(0, 10).map(saying).join(", ")}${each.length > 10 ? ", …" : ""})`;
  return new ConnectionError(answer.message(`${where}${told}`), { sent: "no", cause: error });
}

/** What one of several addresses said. */
function saying({ address = "?", code = "", message }: SocketError): string {
  return `${address}: ${answers[code]?.short ?? (code === "" ? message : code)}`;
}

interface Answer {
  readonly short: string;
  readonly message: (where: string) => string;
}

const noRoute: Answer = {
  short: "no route",
  message: (where) => `Unreachable: there is no route to ${where}; check the network or the VPN`,
};

const tooManyFiles: Answer = {
  short: "too many open files",
  message: (where) =>
    `TooManyFiles: the system lets this process open no further connection to ${where}; raise its limit of open files (ulimit -n), or lower maxConnections`,
};

/** By their codes, what says most first. */
const answers: Readonly<Record<string, Answer>> = {
  ECONNREFUSED: {
    short: "refused",
    message: (where) =>
      `ConnectionRefused: nothing accepts connections at ${where}; check the server's address and that it runs`,
  },
  ETIMEDOUT: {
    short: "no answer",
    message: (where) => `Unreachable: ${where} does not answer; check the network, the firewall and the VPN`,
  },
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EADDRNOTAVAIL: noRoute,
  EAFNOSUPPORT: noRoute,
  EACCES: {
    short: "not allowed",
    message: (where) => `Unreachable: this machine does not allow connections to ${where}; check its firewall`,
  },
  EPERM: {
    short: "not allowed",
    message: (where) => `Unreachable: this machine does not allow connections to ${where}; check its firewall`,
  },
  ENOTFOUND: {
    short: "unknown",
    message: (where) =>
      `UnknownHost: no address is known for the name of ${where}; check the server's address and the DNS`,
  },
  EAI_AGAIN: {
    short: "unknown",
    message: (where) =>
      `UnknownHost: the name of ${where} cannot be looked up at the moment; check the network and the DNS`,
  },
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
};

/** True for the error of a dial that failed because this process, or the system, has too many files and connections open. */
export function hasTooManyFiles(error: unknown): boolean {
  const cause = (error as Error).cause as SocketError | undefined;
  return (cause?.errors ?? [cause]).some((each) => each?.code !== undefined && answers[each.code] === tooManyFiles);
}
