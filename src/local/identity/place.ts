import { access, readFile } from 'node:fs/promises'
import { platform } from 'node:os'
import type { Environment } from '../aws-config/paths.ts'

/** Where a person would have to open a browser for it to come back to this machine: elsewhere, when this is one of these. */
export type Remote = 'ssh' | 'container' | 'wsl' | 'cloudshell'

/** What is known about browsers where this runs. */
export interface Place {
  readonly platform: NodeJS.Platform
  readonly remote?: Remote
  /** Windows can be shown here. */
  readonly display: boolean
}

/** What tells where this runs, besides the environment. */
export interface Signs {
  readonly platform: NodeJS.Platform
  /** Text of `/proc/version`; empty where there is none. */
  readonly kernel: string
  /** A file that Docker or Podman puts into every container. */
  readonly containerFile: boolean
}

/** Looks where this runs. Never throws. */
export async function placeHere(env: Environment): Promise<Place> {
  const exists = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    )
  const [kernel, docker, podman] = await Promise.all([
    readFile('/proc/version', 'utf8').catch(() => ''),
    exists('/.dockerenv'),
    exists('/run/.containerenv'),
  ])
  return placeOf(env, { platform: platform(), kernel, containerFile: docker || podman })
}

const containerVariables = [
  'container',
  'KUBERNETES_SERVICE_HOST',
  'REMOTE_CONTAINERS',
  'CODESPACES',
  'GITPOD_WORKSPACE_ID',
]

/** Where this runs, by its signs. Pure. */
export function placeOf(env: Environment, signs: Signs): Place {
  const remote = remoteOf(env, signs)
  const windows = signs.platform === 'darwin' || signs.platform === 'win32'
  return {
    platform: signs.platform,
    ...(remote ? { remote } : {}),
    display: windows || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY),
  }
}

function remoteOf(env: Environment, { platform: system, kernel, containerFile }: Signs): Remote | undefined {
  if (env.AWS_EXECUTION_ENV === 'CloudShell') return 'cloudshell'
  if (env.SSH_CONNECTION || env.SSH_TTY || env.SSH_CLIENT) return 'ssh'
  if (containerFile || containerVariables.some((name) => env[name])) return 'container'
  const wsl = env.WSL_DISTRO_NAME || env.WSL_INTEROP || /microsoft/i.test(kernel)
  return system === 'linux' && wsl ? 'wsl' : undefined
}
