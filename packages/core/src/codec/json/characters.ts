// The characters that give JSON its structure; all of ASCII, so they are the same as bytes of UTF-8 and as units of text.
export const quote: number = 0x22;
export const comma: number = 0x2c;
export const openList: number = 0x5b;
export const backslash: number = 0x5c;
export const closeList: number = 0x5d;
export const openObject: number = 0x7b;
export const closeObject: number = 0x7d;
