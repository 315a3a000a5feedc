import type { Position } from '../../model/diagnostic.ts'
import { type Identity, roleOf, type Tool } from './identity.ts'

/** An identity as a sentence calls it, without the line that decides. */
export function identityWords(identity: Identity): string {
  switch (identity.provider) {
    case 'sso':
      return `${identity.role} in ${identity.account}`
    case 'keys':
      return `whoever the access keys in the ${identity.from === 'environment' ? 'environment' : `${identity.from} file`} belong to`
    case 'assume-role': {
      const through = identity.sourceProfile ? `profile ${identity.sourceProfile}` : identityWords(identity.source)
      return `${roleWords(identity.roleArn)} through ${through}`
    }
    case 'web-identity':
      return `${roleWords(identity.roleArn)} through a token`
    case 'process':
      return 'whoever the program of credential_process says'
    case 'login':
      return `the console login ${identity.arn}`
    case 'container':
      return 'the role of the container'
    case 'instance':
      return 'nobody, or the role of the machine it runs on'
    case 'nobody':
      return `nobody (${identity.why})`
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

/** Profiles that some tools take for somebody, or that do not work with them: `profile prod`, `profiles a, b`. */
export function takenWords(what: string, is: Identity, tools: readonly Tool[]): string {
  const who = toolWords(tools)
  if (is.provider === 'nobody') return `${what} will not work with ${who}: ${is.why}`
  return `${who} ${takes(tools)} ${what} for ${identityWords(is)}`
}

/** The verb behind `toolWords`. */
export function takes(tools: readonly Tool[]): 'take' | 'takes' {
  return tools.length === 1 && tools[0] === 'js-sdk' ? 'takes' : 'take'
}

/** The line that decides who one is; undefined where the environment does. */
export function decidedAt(identity: Identity): Position | undefined {
  return 'at' in identity ? identity.at : undefined
}
