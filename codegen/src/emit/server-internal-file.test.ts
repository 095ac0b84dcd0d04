import { expect, test } from "vitest";
import { serverInternalFile } from "./server-internal-file.ts";

test("a struct is a line, which says of each field no more than is needed", () => {
  const lamp = [
    { name: "", from: "metadata", zero: {} },
    { name: "Watts", from: "watts", zero: 0 },
    { name: "LEDs", from: "leds", zero: null, type: "Bulb" },
    { name: "Shade", from: "shade", type: "Shade" },
  ];
  expect(serverInternalFile({ Lamp: lamp }, "a test")).toContain(
    '  Lamp: "(metadata)={} Watts=0 LEDs(leds)=null:Bulb Shade=:Shade",\n',
  );
});
