import { streamCall } from "./call.ts";
import type { AnyObject } from "./any-object.ts";
import { readProposal, type Reading, requestParts, type Target } from "./target.ts";
import { createWatchPosition } from "./watch-position.ts";
import { appendQuery, queryOf } from "../request/query.ts";
import { logRules, watchRules } from "../request/rules/stream-rules.ts";
import { type LogLines, logLines } from "../stream/log-lines.ts";
import type { List } from "../types/object.ts";
import type { EachOptions, ListOptions, LogOptions, WatchOptions } from "../types/options.ts";
import type { WatchEvent } from "../types/results.ts";

const pageSize = 500;

// The API server answers logs as text/plain only.
const acceptText = { accept: ["*/*"] };

/** A stream's options with the stream's own signal, which follows the caller's. */
export type Followed<O> = O & { readonly signal: AbortSignal };

/** `list` reads one page. */
export async function* each(
  list: (page: ListOptions) => Promise<List<AnyObject>>,
  options: Followed<EachOptions>,
): AsyncGenerator<AnyObject, undefined> {
  // The API server refuses a resourceVersion beside a continue token, which holds one.
  const { resourceVersion, resourceVersionMatch, limit = pageSize, ...others } = options;
  let page: ListOptions = { limit, ...others, resourceVersion, resourceVersionMatch };
  for (;;) {
    const { items, metadata } = await list(page);
    yield* items;
    if (!metadata.continue) return;
    page = { limit, ...others, continue: metadata.continue };
  }
}

/** `options` come with their selectors as texts. Wrong ones are thrown at once, as by {@link logs}. */
export function watch(
  target: Target,
  options: Followed<WatchOptions>,
  { wanted, replay, opened }: Reading = {},
): AsyncGenerator<WatchEvent<AnyObject>, undefined> {
  const { context } = target;
  const parts = requestParts(target, { verb: "watch", method: "GET", query: watchQuery(options), replay });
  const proposal = readProposal(target, "watch");
  const position = createWatchPosition(options, context.clock);
  let open = opened;
  return streamCall(
    context,
    parts,
    options,
    (response, request) => {
      open?.();
      open = undefined;
      return context.codecs.events<AnyObject>(response, request, wanted, proposal && position.told);
    },
    proposal && { ...proposal, withdraw: (request) => ({ ...request, query: watchQuery(position.goOn(request)) }) },
  );
}

function watchQuery(options: WatchOptions): string {
  return appendQuery(queryOf(watchRules, options), "watch", "1");
}

/** The log as its lines arrive. */
export function logs(
  target: Target,
  name: string,
  options: Followed<LogOptions>,
  reading?: Reading,
): AsyncGenerator<LogLines, undefined> {
  const query = queryOf(logRules, options);
  const parts = requestParts(
    { ...target, subresource: "log" },
    { verb: "get", method: "GET", name, query, headers: acceptText, replay: reading?.replay },
  );
  return streamCall(target.context, parts, options, (response, request) => {
    reading?.opened?.();
    return logLines(response, request);
  });
}

/** The lines of {@link logs}, as they came together. */
export async function* linesOf(arriving: AsyncIterable<LogLines>): AsyncGenerator<readonly string[], undefined> {
  for await (const { lines } of arriving) yield lines;
}
