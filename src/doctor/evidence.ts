import type { Answer, CloudEvidence } from '../aws/examine.ts'
import type { Proof } from '../aws/portal.ts'
import type { Scan } from '../aws/scan.ts'
import type { ConfigDocument } from '../local/aws-config/document.ts'
import type { AwsCli } from '../local/identity/aws-cli.ts'
import type { OtherEndpoint } from '../local/identity/endpoint.ts'
import type { Identity, Tool } from '../local/identity/identity.ts'
import type { TokenRead } from '../local/identity/token-cache.ts'
import type { Answer as ShellAnswer, ShellLook } from '../local/shell/answers.ts'
import type { ShellName } from '../local/shell/syntax.ts'
import type { SsoSession } from '../login/sso-profile.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { AwsTime } from '../model/aws-time.ts'
import type { Diagnostic } from '../model/diagnostic.ts'

/** Everything the checks look at, gathered once. No token, key or secret is ever part of it. */
export interface Evidence {
  /** By AWS's clock where AWS answered. */
  readonly now: Date
  /** How this machine's clock stands to AWS's, and why that is not known. */
  readonly time?: AwsTime
  /** Path of the manifest. */
  readonly file: string
  /** Absent when it could not be read; `refused` then says why. */
  readonly manifest?: LoadedManifest
  readonly refused: readonly Diagnostic[]
  /** True in a sandbox, which stands in for AWS. */
  readonly rehearsed?: true
  /** Keys that the manifest lacks for a machine without credentials, `identity_center.start_url`. */
  readonly incomplete?: readonly string[]
  /** Absent when AWS was not asked. */
  readonly cloud?: CloudEvidence
  readonly scan?: Scan
  /** Absent when AWS was not asked who may do what. */
  readonly access?: Answer<AccessEvidence>
  /** Absent when this machine was not looked at. */
  readonly local?: LocalEvidence
}

/** Who may do what, as far as it tells something about health. */
export interface AccessEvidence {
  /** Users who surely can do everything in the management account. */
  readonly administrators: readonly string[]
  /** Further ones who may. */
  readonly possible: readonly string[]
  /** Revoked users who have access all the same, with what. */
  readonly stillReached: readonly { readonly user: string; readonly sentence: string }[]
}

/** What this machine holds. */
export interface LocalEvidence {
  readonly env: EnvironmentEvidence
  readonly config: AwsFile
  readonly credentials: AwsFile
  readonly cli: AwsCli
  /** Who each profile is that signs in through Identity Center, or should. */
  readonly identities: readonly ProfileIdentity[]
  readonly logins: readonly Login[]
  /** Shells of `local.shell`; absent where the manifest was not read. */
  readonly shells?: readonly ShellEvidence[]
  readonly proofs: readonly ProfileProof[]
}

/** A shell that the manifest wants to have a profile, as it says itself. */
export interface ShellEvidence {
  readonly shell: ShellName
  readonly profile: string
  /** The start-up file that holds the block, or is to hold it. */
  readonly file: string
  /** The profile that the block sets; absent without a block, empty where that cannot be told. */
  readonly block?: string
  readonly look: ShellLook
  /** What a command gets that an editor or a script runs in it (`-c`). */
  readonly command: ShellAnswer
  /** Why its start-up file could not be read. */
  readonly refused: readonly Diagnostic[]
}

/** AWS variables of the environment; of keys only whether they are there. */
export interface EnvironmentEvidence {
  readonly profile?: string
  /** AWS_DEFAULT_PROFILE, which the AWS CLI prefers and the SDK for JavaScript does not know. */
  readonly defaultProfile?: string
  readonly keys: boolean
  /** Keys that end by themselves. */
  readonly temporary: boolean
  /** Keys of another service, or of a stand-in for AWS. */
  readonly foreign: boolean
  /** AWS_CONFIG_FILE is set and empty. */
  readonly emptyConfigFile?: true
}

/** `~/.aws/config` or `~/.aws/credentials`: the text as it was understood, or why it was not. */
export interface AwsFile {
  readonly path: string
  /** Absent when there is no such file or it could not be read. */
  readonly document?: ConfigDocument
  readonly refused: readonly Diagnostic[]
}

/** Who a profile is for each family of tools, by the files alone. */
export interface ProfileIdentity {
  readonly profile: string
  readonly is: Readonly<Record<Tool, Identity>>
  /** The address that it asks instead of AWS. */
  readonly elsewhere?: OtherEndpoint
}

/** One login of this machine, with the profiles that use it. */
export interface Login {
  readonly session: SsoSession
  readonly profiles: readonly string[]
  readonly token: TokenRead
}

/** What the access portal says about a profile. */
export interface ProfileProof {
  readonly profile: string
  readonly account: string
  readonly role: string
  readonly proof: Proof
}
