import type { Diagnostic, Position } from '../../model/diagnostic.ts'

/** A profile that `local.generate` asks for. */
export interface Generated {
  readonly name: string
  readonly account: string
  readonly permissionSet: string
  /** Rule that grants it. */
  readonly at?: Position
}

/** What `local.generate` comes to. */
export interface Generation {
  readonly profiles: readonly Generated[]
  /** False where some of it cannot be told, so that nothing may be taken for gone. */
  readonly complete: boolean
  readonly diagnostics: readonly Diagnostic[]
}
