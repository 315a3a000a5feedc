export function asciiPattern(source: string): string | undefined
