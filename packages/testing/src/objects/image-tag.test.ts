import { expect, test } from "vitest";
import { imageTag } from "./image-tag.ts";

test.each([
  ["nginx", "latest"],
  ["nginx:latest", "latest"],
  ["nginx:1.29", "1.29"],
  ["example.com:5000/team/nginx", "latest"],
  ["example.com:5000/team/nginx:v2", "v2"],
  ["Example.com/nginx", "latest"],
  ["localhost/nginx", "latest"],
  [`nginx@sha256:${"a".repeat(64)}`, undefined],
  [`nginx:1@sha256:${"a".repeat(64)}`, "1"],
  ["a".repeat(64), undefined],
  ["", undefined],
  ["Nginx", undefined],
  ["not an image", undefined],
])("the tag of %j is %j", (image, tag) => {
  expect(imageTag(image)).toBe(tag);
});
