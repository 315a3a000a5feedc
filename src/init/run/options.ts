import type { CommonOptions } from '../../session/runtime.ts'

/** Options of `init` as they are given. */
export interface InitWishes extends Omit<InitCommandOptions, 'onlyLocal'> {
  /** What `--only` says: `local` is all that it may. */
  readonly part?: string
}

/** Options of `init`. */
export interface InitCommandOptions extends CommonOptions {
  readonly region?: string
  /** Look for Identity Center in all default regions. */
  readonly scan: boolean
  /** Id of the instance, when several are visible. */
  readonly instance?: string
  /** Files with what Terraform manages, to take over. */
  readonly fromTerraform?: readonly string[]
  /** Address of the access portal to start from. */
  readonly portal?: string
  /** Replace an existing manifest, after a backup. */
  readonly force: boolean
  /** Ask nothing, also on a terminal. */
  readonly noInput: boolean
  /** Print what would be written, and write nothing. */
  readonly dryRun: boolean
  /** Only this machine: no connection is opened. */
  readonly onlyLocal: boolean
}
