//! A map of bounded size whose least used entries are forgotten: two maps, an old and a young one.

use super::Millis;
use alloc::string::String;
use std::collections::HashMap;

/// Entries that are read or written move into the young map. When that has half the size, it becomes the old one, and what was
/// in the old one is forgotten. So an entry outlives at least half the size of other entries, at a constant cost each.
pub(super) struct Generations<T> {
    young: HashMap<String, Entry<T>>,
    old: HashMap<String, Entry<T>>,
    half: usize,
}

struct Entry<T> {
    value: T,
    expires: Millis,
}

impl<T> Generations<T> {
    pub(super) fn new(size: usize) -> Generations<T> {
        Generations { young: HashMap::new(), old: HashMap::new(), half: (size / 2).max(1) }
    }

    pub(super) fn get(&mut self, key: &str, now: Millis) -> Option<&mut T> {
        if !self.young.contains_key(key) {
            let (key, entry) = self.old.remove_entry(key)?;
            self.insert(key, entry);
        }
        let entry = self.young.get_mut(key)?;
        if entry.expires > now { Some(&mut entry.value) } else { None }
    }

    pub(super) fn put(&mut self, key: String, value: T, expires: Millis) {
        self.old.remove(&key);
        self.insert(key, Entry { value, expires });
    }

    pub(super) fn remove(&mut self, key: &str) -> bool {
        let was_young = self.young.remove(key).is_some();
        self.old.remove(key).is_some() || was_young
    }

    fn insert(&mut self, key: String, entry: Entry<T>) {
        if self.young.len() >= self.half {
            self.old = core::mem::take(&mut self.young);
        }
        self.young.insert(key, entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn what_is_used_stays_and_the_size_is_bounded() {
        let mut map = Generations::new(10);
        map.put("kept".into(), 1, 100);
        for i in 0..1000 {
            map.put(format!("{i}"), i, 100);
            assert_eq!(map.get("kept", 0).copied(), Some(1));
            assert!(map.young.len() + map.old.len() <= 10);
        }
        assert!(map.get("1", 0).is_none());
    }

    #[test]
    fn what_has_expired_is_gone() {
        let mut map = Generations::new(10);
        map.put("a".into(), 1, 100);
        assert!(map.get("a", 99).is_some());
        assert!(map.get("a", 100).is_none());
        map.put("a".into(), 2, 200);
        assert_eq!(map.get("a", 100).copied(), Some(2));
        assert!(map.remove("a"));
        assert!(map.get("a", 100).is_none());
    }
}
