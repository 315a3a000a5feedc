import type { Json } from '../../../src/model/json.ts'
import type { Policies, Policy } from '../../../src/policies/decide.ts'

/**
 * Policies from a short notation: `Allow s3:Get*, s3:Put* on arn:aws:s3:::b/* if aws:SourceIp`. `not` in front of actions or resources
 * is NotAction or NotResource, `+` begins the next statement, `&` the next policy, `|` the boundary, `?` is a policy whose text is not
 * known, and `2008:` in front of a policy gives it the older version.
 */
export function policiesIn(text: string): Policies {
  const [identity = '', boundary] = text.split(' | ')
  return {
    identity: identity
      .split(' & ')
      .filter((one) => one !== '')
      .map(policyIn),
    ...(boundary === undefined ? {} : { boundary: policyIn(boundary, -1) }),
  }
}

function policyIn(text: string, at: number): Policy {
  const name = at < 0 ? 'boundary' : `policy ${at + 1}`
  return text === '?' ? { name } : { name, document: documentIn(text) }
}

/** A document from the short notation of one policy. */
function documentIn(text: string): Json {
  const [, old, statements = ''] = /^(2008: )?(.*)$/s.exec(text) ?? []
  return { Version: old ? '2008-10-17' : '2012-10-17', Statement: statements.split(' + ').map(statementIn) }
}

function statementIn(text: string): Json {
  const [, effect, notAction, actions = '', notResource, resources = '', condition] =
    /^(Allow|Deny) (not )?(.+?) on (not )?(.+?)(?: if (\S+))?$/s.exec(text) ?? []
  if (!effect) throw new Error(`no statement: ${text}`)
  return {
    Effect: effect,
    [notAction ? 'NotAction' : 'Action']: listIn(actions),
    [notResource ? 'NotResource' : 'Resource']: listIn(resources),
    ...(condition ? { Condition: { StringLike: { [condition]: 'x' } } } : {}),
  }
}

function listIn(text: string): Json {
  const all = text.split(/, (?![^{]*\})/)
  return all.length === 1 ? text : all
}
