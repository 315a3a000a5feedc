import type { Position } from '../../model/diagnostic.ts'
import type { Environment } from '../aws-config/paths.ts'

/**
 * Families of tools that decide differently: `aws-cli` is botocore (the AWS CLI, boto3 and what is built on them), `js-sdk` the AWS SDK for
 * JavaScript (CDK, Serverless, this tool).
 */
export type Tool = 'aws-cli' | 'js-sdk'

/** Both, the AWS CLI first. */
export const tools: readonly Tool[] = ['aws-cli', 'js-sdk']

/** Who a program is, by the provider that wins. `at` is the line that decides; absent where the environment does. */
export type Identity = SignIn | Keys | AssumedRole | WebIdentity | Process | ConsoleLogin | Elsewhere | Nobody

/** A permission set in an account, through an access portal. */
export interface SignIn {
  readonly provider: 'sso'
  readonly account: string
  /** Name of the permission set. */
  readonly role: string
  /** Name of the sso-session; absent in a profile of the older form. */
  readonly session?: string
  readonly startUrl: string
  readonly region: string
  readonly at: Position
}

/** Access keys, whose account and owner no file tells. */
export interface Keys {
  readonly provider: 'keys'
  readonly from: 'environment' | 'config' | 'credentials'
  /** True where a session token says that they end by themselves. */
  readonly temporary: boolean
  readonly at?: Position
}

/** A role that another identity assumes. */
export interface AssumedRole {
  readonly provider: 'assume-role'
  readonly roleArn: string
  readonly source: Identity
  /** Name of the profile it is assumed from; absent with `credential_source`. */
  readonly sourceProfile?: string
  /** The line that names that profile. */
  readonly sourceAt?: Position
  /** True where a code of a device is asked for, which the SDK for JavaScript cannot. */
  readonly mfa: boolean
  readonly at: Position
}

/** A role that a token in a file is exchanged for. */
export interface WebIdentity {
  readonly provider: 'web-identity'
  readonly roleArn: string
  readonly at?: Position
}

/** Whoever a program says. */
export interface Process {
  readonly provider: 'process'
  readonly at: Position
}

/** A console user, through `aws login`. */
export interface ConsoleLogin {
  readonly provider: 'login'
  /** ARN of the user or role that signed in. */
  readonly arn: string
  readonly at: Position
}

/** What the container or the instance is. */
export interface Elsewhere {
  readonly provider: 'container' | 'instance'
}

/** Nobody: the tool stops with an error. */
export interface Nobody {
  readonly provider: 'nobody'
  /** Why, in a few words without a value of any key. */
  readonly why: string
  /** A whole file cannot be read, so that no profile of anybody works; what the profile says of a login is not whole; or anything else. */
  readonly because: 'unreadable' | 'login' | 'other'
  readonly at?: Position
}

/** Which profile is meant. */
export interface Choice {
  /** Named explicitly, as with `--profile`; without, the environment decides, else it is `default`. */
  readonly profile?: string
  /** Variables of the program; none where the files alone are asked about. */
  readonly env?: Environment
}

/** Account and name in the ARN of a role; undefined for what is none. */
export function roleOf(arn: string): { readonly account: string; readonly role: string } | undefined {
  const [, account, role] = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  return account && role ? { account, role } : undefined
}

/** A tool that stops with an error. */
export function nobody(why: string, at?: Position, because: Nobody['because'] = 'other'): Nobody {
  return { provider: 'nobody', why, because, ...(at ? { at } : {}) }
}

/** True for a permission set of an access portal, and for a role that is reached through one. */
export function signsIn(identity: Identity): boolean {
  return identity.provider === 'assume-role' ? signsIn(identity.source) : identity.provider === 'sso'
}
