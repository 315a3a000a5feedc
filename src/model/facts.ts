import type { AwsTime } from './aws-time.ts'
import { oncePer } from './once.ts'

/** What has to be known before a manifest can be turned into desired things. With `--only local` it comes from the manifest. */
export interface Facts {
  /** The moment of this look, for `until`: by AWS's clock where AWS was asked. */
  readonly now: Date
  /** How this machine's clock stands to AWS's; absent where AWS was not asked. */
  readonly time?: AwsTime
  /** Home region of Identity Center. */
  readonly region: string
  /** Every Region that Identity Center is enabled in, the home one among them; absent where it is not known. */
  readonly regions?: readonly string[]
  /** Marks what this manifest owns: `sso-reconcile` or `sso-reconcile/NAME`. */
  readonly owner: string
  /** Access portal URL to write into new sessions; unknown offline unless the manifest names it. */
  readonly startUrl?: string
  /** Id of the organization's management account. */
  readonly management?: string
  /** Accounts of the organization; offline, those the manifest names. */
  readonly accounts: readonly Account[]
  /** Accounts in and below an organizational unit, by its path; only those that the manifest selects by. */
  readonly units?: ReadonlyMap<string, readonly string[]>
  /** For paths that lead to no unit: paths of the units where they end, the likeliest first. */
  readonly unitsBeside?: ReadonlyMap<string, readonly string[]>
  /** Absent when nothing is read from AWS. */
  readonly instance?: Instance
  /** True where a key that belongs to AWS encrypts the instance; absent where another key does, or the server does not tell. */
  readonly keyOfAws?: true
  readonly caller?: Caller
  /** What one's own login sees in the access portal; absent where nobody asked. */
  readonly portal?: PortalView
}

/** What one's own login sees in the access portal, or why that could not be read and what to do about it. */
export type PortalView =
  | {
      readonly places: readonly PortalPlace[]
      /** Accounts that the portal lists without telling their roles, by id. */
      readonly unread: readonly string[]
    }
  | {
      readonly why: string
      readonly hint: string
      /** Commands that would let it be read; absent where none would. */
      readonly next?: string
    }

/** An account and a permission set that one's own login may use. */
export interface PortalPlace {
  readonly account: string
  /** Name of the account. */
  readonly name: string
  readonly permissionSet: string
}

/** An account of the organization. */
export interface Account {
  readonly id: string
  readonly name: string
  /** What a person calls it: its nickname in the manifest, else its name. */
  readonly label: string
  /** Only read when the manifest selects by tag. */
  readonly tags?: Readonly<Record<string, string>>
  /** Only in ACTIVE accounts is anything created or deleted. */
  readonly active: boolean
}

/** What a person calls an account: its nickname, else its name, else the id. */
export function accountLabel(id: string, { accounts }: Facts): string {
  return accountNamed(id, accounts)?.label ?? id
}

/** The account with an id; undefined for one that is not among them. */
export function accountNamed(id: string, accounts: readonly Account[]): Account | undefined {
  return byId(accounts).get(id)
}

/** Accounts by their ids, listed once: every assignment asks. */
const byId = oncePer((accounts: readonly Account[]) => new Map(accounts.map((one) => [one.id, one])))

/** True for an account of the organization that is ACTIVE: only there can anything be changed. */
export function isActive(id: string, { accounts }: Facts): boolean {
  return accountNamed(id, accounts)?.active ?? false
}

/** Why nothing can be changed in an account: "is not active", or "is no longer in the organization". */
export function inactiveWords(id: string, { accounts }: Facts): string {
  return accountNamed(id, accounts) ? 'is not active' : 'is no longer in the organization'
}

/** The organization instance of Identity Center. */
export interface Instance {
  readonly arn: string
  readonly identity_store_id: string
  readonly region: string
  /** Account that owns the instance: the management account. */
  readonly account: string
}

/** Who runs the tool, from sts GetCallerIdentity. */
export interface Caller {
  readonly account: string
  readonly arn: string
  /** True for the delegated administrator account, which must leave alone what is in the management account. */
  readonly delegated?: boolean
}
