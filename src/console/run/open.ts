import { openersFor, openInBrowser } from '../../local/identity/opener.ts'
import { placeHere } from '../../local/identity/place.ts'
import type { Runtime } from '../../session/runtime.ts'
import type { ConsoleOptions } from './options.ts'

const elsewhere: Readonly<Record<string, string>> = {
  ssh: 'this is an SSH session',
  container: 'this is a container',
  cloudshell: 'this is CloudShell',
}

/** Opens a link where a browser can be opened; else says why it was only printed. */
export async function openLink({ env, clock, err }: Runtime, url: string, { quiet }: ConsoleOptions): Promise<void> {
  const place = await placeHere(env)
  const why = reason(place, Boolean(env.BROWSER))
  const opened =
    why === undefined && (await openInBrowser(url, openersFor(place, env), env, (time) => clock.sleep(time)))
  if (opened || quiet) return
  err(`No browser was opened: ${why ?? 'no program could open the link'}. Open the link yourself.\n`)
}

function reason({ remote, display }: Awaited<ReturnType<typeof placeHere>>, hasOwn: boolean): string | undefined {
  if (hasOwn) return undefined
  const word = remote === undefined ? undefined : elsewhere[remote]
  if (word !== undefined) return word
  return display || remote === 'wsl' ? undefined : 'there is no display here (DISPLAY and WAYLAND_DISPLAY are not set)'
}
