/** Condition keys and forms of resource ARNs that AWS documents for its services, out of the package that holds them as data. */
import { allOf, servicesAsOf } from './iam-data.mjs'

/** Both as the code of a module: texts, which a program reads faster than lists. */
export async function conditionsModule() {
  const keys = (await allOf('conditionKeys')).map(([service, { key }]) => [service, withStars(key)]).filter(isOfService)
  const arns = (await allOf('resourceTypes')).flatMap(([, { arn }]) => withStars(arn).split(', ')).filter(namesService)
  return `
/** The prefix of a condition key and the keys that have it, one prefix a line; a star stands for what the author of a policy chooses. */
export const conditionKeys = ${lines(keys.map(([, key]) => cut(key, key.indexOf(':'))))}
/** Services and the condition keys with another prefix that their requests have, one service a line. */
export const foreignKeys = ${lines(keys.filter(([service, key]) => !key.startsWith(`${service}:`)))}
/** The service of an ARN and the rest of its forms, "region:account:resource", one service a line. */
export const resourceForms = ${lines(arns.map((arn) => cut(arn.replace(/^arn:\*:/, ''), arn.indexOf(':', 6) - 6)))}
/** The day of both lists. */
export const conditionsAsOf = '${await servicesAsOf()}'
`
}

// AWS writes the key of a tag in three ways.
function withStars(text) {
  return text.replaceAll(/\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$/g, '*')
}

// Keys for everything are a table of their own, and those of identity providers begin with a host name that anybody can have.
function isOfService([, key]) {
  return /^(?!aws:)[a-z0-9-]+:/.test(key)
}

function namesService(arn) {
  return /^arn:\*:[a-z0-9-]+:/.test(arn)
}

function cut(text, at) {
  return [text.slice(0, at), text.slice(at + 1)]
}

/** Pairs as lines of a text: the first of a pair, then each second once, with spaces between. */
function lines(pairs) {
  const groups = new Map()
  for (const [first, second] of pairs) groups.set(first, (groups.get(first) ?? new Set()).add(second))
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(sorted.map(([first, seconds]) => [first, ...[...seconds].sort()].join(' ')).join('\n'))
}
