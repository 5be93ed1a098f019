import { homedir } from 'node:os';
import { defaultDataDir } from './data-folder';

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('the default data folder', () => {
  onLinux('lies in the folder that XDG_DATA_HOME names', () => {
    expect(defaultDataDir({ XDG_DATA_HOME: '/data', HOME: '/home/ada' })).toBe('/data/coord');
  });

  onLinux('lies in ~/.local/share when XDG_DATA_HOME is not set, empty or relative', () => {
    for (const XDG_DATA_HOME of [undefined, '', 'data']) {
      expect(defaultDataDir({ XDG_DATA_HOME, HOME: '/home/ada' })).toBe('/home/ada/.local/share/coord');
    }
  });

  it('lies below the home folder that the system knows when HOME is not set', () => {
    expect(defaultDataDir({}).startsWith(homedir())).toBe(true);
  });
});
