/** Brings a row into view, waits until it is drawn, and lets the keyboard stand there. */
export function focusRow(box: HTMLElement, row: number, height: number): void {
  const top = row * height;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
  const focus = (): boolean => {
    const link = box.querySelector<HTMLElement>(`[data-row="${row}"] a`);
    link?.focus({ preventScroll: true });
    return link !== null;
  };
  if (!focus()) requestAnimationFrame(() => requestAnimationFrame(focus));
}
