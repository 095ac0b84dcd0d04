/**
 * Lets the event loop run once: timers, sockets, rendering. A message rather than a timer: browsers stretch timers of 0 ms to
 * 4 ms, in hidden pages to a second; and tests that fake timers must not stop a list.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close(); // an open port would keep the process alive
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}
