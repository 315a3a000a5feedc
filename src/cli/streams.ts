import type { Taking } from '../local/files/standard-output.ts'

/** One of the two output streams, as something that can fail. */
export interface Outlet {
  write(text: string): void
  /** The system's word for why something did not get through, such as `ENOSPC`; undefined while everything has. */
  readonly trouble: string | undefined
  /** Resolves when everything written so far has been taken, or never will be. */
  settled(): Promise<void>
}

/** An outlet over a stream. `endsAtTrouble`: nothing is written behind a gap. Never throws. */
export function outlet(take: Taking, { endsAtTrouble }: { readonly endsAtTrouble: boolean }): Outlet {
  let trouble: string | undefined
  let pending: Promise<void> = Promise.resolve()
  const failed = (cause: Error) => {
    const { code = cause.name } = cause as NodeJS.ErrnoException
    trouble ??= code
  }
  return {
    get trouble() {
      return trouble
    },
    settled: () => pending,
    write(text) {
      if (endsAtTrouble && trouble !== undefined) return
      const taken = new Promise<void>((resolve) => {
        try {
          take(text, (cause) => {
            if (cause) failed(cause)
            resolve()
          })
        } catch (cause) {
          failed(cause as Error)
          resolve()
        }
      })
      pending = pending.then(() => taken)
    },
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than is allowed',
  EPIPE: 'the program reading it has ended',
  ECONNRESET: 'the program reading it has ended',
  EIO: 'the terminal was closed, or the disk has failed',
}

/** The one sentence about a result that did not get through. `changes`: the command may have changed something. Pure. */
export function lostResult(trouble: string, changes: boolean): string {
  const reason = reasons[trouble]
  const why = reason ? `${reason} (${trouble})` : `system error ${trouble}`
  const next = changes ? '; changes already made stay in place: sso-reconcile plan shows what is left to do' : ''
  return `error  the result could not be written to standard output: ${why}${next}\n`
}
