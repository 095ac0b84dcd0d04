// Internal to this repository's packages: the server's end of WebSockets, for relays and servers of tests.
export { acceptUpgrade, readUpgrade } from "./websocket/accept-upgrade.ts";
export type { UpgradeAcceptance, UpgradeOffer } from "./websocket/accept-upgrade.ts";
