import { spawn, spawnSync } from 'node:child_process'

/** True where `script` of util-linux can give a program a terminal. */
export const hasTerminals = spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0

/** True where a shell is installed. */
export function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true'], { stdio: 'ignore' }).error === undefined
}

/** Milliseconds without output after which a shell is taken to wait for a command. */
const quiet = 400

/**
 * Opens a terminal with a shell in it, types a command as a person would, and gives the AWS_PROFILE that programs get; empty for none,
 * undefined where no shell answers in time. What a question swallows is typed again.
 */
export function typedIn(command: string, home: string, env: NodeJS.ProcessEnv = {}): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8', SHELL: '/bin/sh', ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    })
    let output = ''
    let typing: NodeJS.Timeout | undefined
    const type = () => {
      child.stdin.write('printf "got:%s:" "$(printenv AWS_PROFILE)"\n')
      typing = setTimeout(type, 3 * quiet)
    }
    const end = (value: string | undefined) => {
      clearTimeout(typing)
      clearTimeout(limit)
      if (child.pid) spawnSync('kill', ['-KILL', '--', `-${child.pid}`], { stdio: 'ignore' })
      resolve(value)
    }
    const limit = setTimeout(() => end(undefined), 9_000)
    typing = setTimeout(type, 2 * quiet)
    child.stdin.on('error', () => undefined)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const value = /got:([^:%"]*):/.exec(output)?.[1]
      if (value !== undefined) return end(value)
      clearTimeout(typing)
      typing = setTimeout(type, quiet)
    })
    child.once('close', () => end(undefined))
  })
}
