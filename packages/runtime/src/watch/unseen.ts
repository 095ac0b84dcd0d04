/**
 * On a bookmark of a relay: its watch lost sight of the collection, or this reader is behind, so that objects may have come and gone
 * without being told, until this version. Whoever hands on what the relay tells cannot say what was deleted until then.
 */
export const unseenUntil = "kubewright.dev/unseen-until";
