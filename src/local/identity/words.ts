import type { Position } from '../../model/diagnostic.ts'
import { type Identity, roleOf, type Tool } from './identity.ts'

/** An identity as a sentence calls it, without the line that decides. */
export function identityWords(identity: Identity): string {
  switch (identity.provider) {
    case 'sso':
      return `${identity.role} in ${identity.account}`
    case 'keys':
      return `the access keys in the ${identity.from === 'environment' ? 'environment' : `${identity.from} file`}`
    case 'assume-role': {
      const through = identity.sourceProfile ? `profile ${identity.sourceProfile}` : identityWords(identity.source)
      return `${roleWords(identity.roleArn)} through ${through}`
    }
    case 'web-identity':
      return `${roleWords(identity.roleArn)} through a token`
    case 'process':
      return 'the output of credential_process'
    case 'login':
      return `the console login ${identity.arn}`
    case 'container':
      return 'the role of the container'
    case 'instance':
      return 'no credentials, or the role of the machine it runs on'
    case 'nobody':
      return `no credentials (${identity.why})`
  }
}

function roleWords(arn: string): string {
  const found = roleOf(arn)
  return found ? `the role ${found.role} in ${found.account}` : `the role ${arn}`
}

/** Families of tools as a sentence calls them. */
export function toolWords(tools: readonly Tool[]): string {
  const [only, ...more] = tools
  if (more.length > 0) return 'AWS tools'
  return only === 'aws-cli' ? 'the AWS CLI and boto3' : 'the SDK for JavaScript'
}

/** What profiles resolve to for some tools, or that they do not work with them: `profile prod`, `profiles a, b`. */
export function takenWords(what: string, is: Identity, tools: readonly Tool[]): string {
  const who = toolWords(tools)
  if (is.provider === 'nobody') return `${what} will not work with ${who}: ${is.why}`
  return `${who} ${does(tools, 'resolve')} ${what} to ${identityWords(is)}`
}

/** A verb after `toolWords`. */
export function does(tools: readonly Tool[], verb: string): string {
  return tools.length === 1 && tools[0] === 'js-sdk' ? `${verb}s` : verb
}

/** The line that decides who one is; undefined where the environment does. */
export function decidedAt(identity: Identity): Position | undefined {
  return 'at' in identity ? identity.at : undefined
}
