/** Unpacks a tarball that lies on this machine; nothing of it runs. */
import pacote from 'pacote';

/** @param file absolute path of the tarball */
export async function unpackTarball(file: string, target: string): Promise<void> {
  await pacote.extract(`file:${file}`, target, { ignoreScripts: true });
}
