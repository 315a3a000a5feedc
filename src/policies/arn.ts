/** An ARN as a policy names it; each part may hold wildcards and policy variables. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** What follows the fifth colon, with colons of its own. */
  readonly resource: string
}

/**
 * The parts of a text between its colons, at most six: the last one holds the rest. Colons in policy variables, as in `${aws:username}`,
 * separate nothing.
 */
export function arnParts(text: string): readonly string[] {
  const ends: number[] = []
  let open = false
  for (let at = 0; at < text.length && ends.length < 5; at++) {
    if (text.startsWith('${', at)) open = true
    else if (text[at] === '}') open = false
    else if (text[at] === ':' && !open) ends.push(at)
  }
  return [...ends, text.length].map((end, index) => text.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end))
}

/** The ARN of six parts; undefined for fewer. */
export function arnOf(parts: readonly string[]): Arn | undefined {
  const [, partition, service, region, account, resource] = parts
  if (partition === undefined || service === undefined || region === undefined) return undefined
  return account === undefined || resource === undefined ? undefined : { partition, service, region, account, resource }
}

/** An ARN as text. */
export function arnText({ partition, service, region, account, resource }: Arn): string {
  return ['arn', partition, service, region, account, resource].join(':')
}

/** A part of an ARN as a pattern: a policy variable may become anything. */
export function withoutVariables(part: string): string {
  let pattern = ''
  let from = 0
  for (let at = part.indexOf('${'); at >= 0; at = part.indexOf('${', from)) {
    const end = part.indexOf('}', at)
    if (end < 0) break
    pattern += `${part.slice(from, at)}*`
    from = end + 1
  }
  return pattern + part.slice(from)
}
