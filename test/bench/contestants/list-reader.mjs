/** What asks for a list in an encoding, and reads it whole: a function of a body and its content-encoding. */
export async function listReader(encoding = "json") {
  if (encoding === "json") {
    const { readJson } = await import("./read-json.mjs");
    return { accept: "application/json", read: readJson };
  }
  const { readProtobuf } = await import("./read-protobuf.mjs");
  return { accept: "application/vnd.kubernetes.protobuf", read: readProtobuf };
}
