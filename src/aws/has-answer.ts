/** True of what the SDK throws where a server answered, with whatever. */
export function hasAnswer(thrown: unknown): boolean {
  return (thrown as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined
}
