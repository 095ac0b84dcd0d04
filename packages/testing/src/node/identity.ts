import { randomBytes } from "node:crypto";
import { type Certificate, createCertificate } from "./certificate.ts";

/** What tells a server from all others, and its owner from everybody else. */
export interface Identity extends Certificate {
  /** Of the user who may do everything. */
  readonly token: string;
}

/** A new one. */
export function createIdentity(): Identity {
  return { ...createCertificate(), token: randomBytes(24).toString("base64url") };
}
