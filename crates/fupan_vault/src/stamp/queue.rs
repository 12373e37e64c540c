//! The queue: what is due, in its order, and one round of asking.

use std::collections::{BTreeMap, BTreeSet};

use fupan_ledger::{ImprintAlgorithm, Leaf, LeafField, LeafKind, LeafValue, StampRequest};

use super::kept::{head_text, imprint, judge, request_at, request_of};
use super::place::{Part, Place, STAMPS, mark, place_of};
use super::{StampDue, StampFailure, StampOutcome, StampTerms, Stamper};
use crate::index::IndexError;
use crate::journal::{FaultKind, JournalError};
use crate::object::{Digests, hex_of, sha256_of};
use crate::vault::{Vault, VaultError};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct State {
    asked: bool,
    answered: bool,
    late: bool,
    refused: bool,
}

impl State {
    fn waits(self) -> bool {
        self.asked && !self.answered && !self.refused
    }
}

impl Vault {
    /// Heads that still need a token, in the order in which they are asked for: requests that wait for
    /// an answer, the oldest head first; then the newest head, unless what came after the last one that
    /// was asked for are anchors only. Where that one was refused, `again` asks for the newest anew.
    ///
    /// # Errors
    /// Store or index cannot be read.
    pub fn stamps_due(
        &self,
        algorithms: &[ImprintAlgorithm],
        again: bool,
    ) -> Result<Vec<StampDue>, VaultError> {
        let states = self.stamp_states()?;
        let (_, head) = self.head()?;
        let mut due: BTreeSet<StampDue> = states
            .iter()
            .filter(|(_, state)| state.waits())
            .map(|(place, _)| StampDue {
                size: place.size,
                number: place.number,
                algorithm: place.algorithm,
                asked: true,
            })
            .collect();
        for algorithm in algorithms {
            let mut of = states.iter().filter(|(place, _)| place.algorithm == *algorithm);
            let settled =
                |state: &State| state.answered || state.waits() || (state.refused && !again);
            let last = of.clone().filter(|(_, state)| settled(state)).map(|(place, _)| place.size);
            let last = last.max().unwrap_or(0);
            let asked = of.rfind(|(place, _)| place.size == head.size);
            let number = asked.map_or(0, |(place, _)| place.number.saturating_add(1));
            if last < head.size && self.has_news(last)? {
                due.insert(StampDue {
                    size: head.size,
                    number,
                    algorithm: *algorithm,
                    asked: false,
                });
            }
        }
        Ok(due.into_iter().collect())
    }

    /// Asks for every token that is due. The first failure that passes ends the round: whoever is away
    /// now is away for the others too; what was asked for stays in the queue. `nonce`: 8 random bytes
    /// each time.
    ///
    /// # Errors
    /// Requests, tokens or marks cannot be kept. What the authority says is in the outcomes.
    pub fn stamp(
        &self,
        stamper: &dyn Stamper,
        terms: &StampTerms<'_>,
        nonce: &mut dyn FnMut() -> [u8; 8],
        at_ms: i64,
    ) -> Result<Vec<StampOutcome>, VaultError> {
        self.anchor_kept(at_ms)?;
        let mut outcomes = Vec::new();
        for due in self.stamps_due(terms.algorithms, terms.again)? {
            let place = Place { size: due.size, number: due.number, algorithm: due.algorithm };
            let request = self.keep_request(place, nonce)?;
            let answered = stamper.stamp(&request).and_then(|answer| {
                let token = judge(&answer, &request, terms.trust);
                // What proves nothing will not prove more when it is asked for again.
                let token = token
                    .map_err(|error| StampFailure { passing: false, why: error.to_string() })?;
                Ok((token, answer))
            });
            let result = match answered {
                Ok((token, answer)) => {
                    self.store().blobs.create(&place.name(Part::Answer), &answer)?;
                    self.anchor(due.size, &answer, at_ms)?;
                    Ok(token)
                }
                Err(failure) => {
                    self.keep_failure(place, &failure, at_ms)?;
                    Err(failure)
                }
            };
            let passing = result.as_ref().is_err_and(|failure| failure.passing);
            outcomes.push(StampOutcome { due, result });
            if passing {
                break;
            }
        }
        Ok(outcomes)
    }

    /// Every request with what became of it, by head, number and hash.
    fn stamp_states(&self) -> Result<BTreeMap<Place, State>, VaultError> {
        let mut states: BTreeMap<Place, State> = BTreeMap::new();
        for name in self.store().blobs.list(STAMPS)?.names {
            let Some((place, part)) = place_of(&name) else { continue };
            let state = states.entry(place).or_default();
            match part {
                Part::Request(_) => state.asked = true,
                Part::Answer => state.answered = true,
                Part::Late(_) => state.late = true,
                Part::Refused(_) => state.refused = true,
            }
        }
        Ok(states)
    }

    /// The request of a place: the kept one, or a new one, which is kept before it is sent.
    fn keep_request(
        &self,
        place: Place,
        nonce: &mut dyn FnMut() -> [u8; 8],
    ) -> Result<StampRequest, VaultError> {
        let kept = request_at(self.store(), place)?;
        let name = match &kept {
            Some((name, _)) => name.clone(),
            None => place.name(Part::Request(None)),
        };
        let fault = |what| JournalError::fault(&name, what);
        let text = head_text(self.store(), place.size)?;
        let text = text.ok_or_else(|| fault(FaultKind::Missing))?;
        let Some((_, bytes)) = kept else {
            let imprint = imprint(place.algorithm, &text);
            // A nonce of zeros only would be none.
            let nonce = std::iter::repeat_with(nonce).find(|nonce| *nonce != [0; 8]);
            let request = StampRequest::new(place.algorithm, imprint, nonce.unwrap_or([1; 8]));
            let bytes = request.to_der().map_err(|_| fault(FaultKind::Format))?;
            let name = place.name(Part::Request(Some(sha256_of(&bytes))));
            // One process writes: nobody else asks for this place meanwhile.
            self.store().blobs.create(&name, &bytes)?;
            return Ok(request);
        };
        let request = request_of(&bytes, place.algorithm, Some(&text));
        Ok(request.map_err(|_| fault(FaultKind::Differs))?)
    }

    /// Marks a failure: the first of those that pass, and the one that is final.
    fn keep_failure(
        &self,
        place: Place,
        failure: &StampFailure,
        at_ms: i64,
    ) -> Result<(), VaultError> {
        let (bytes, digest) = mark(at_ms, &failure.why);
        let part = if failure.passing { Part::Late(digest) } else { Part::Refused(digest) };
        let late = self.stamp_states()?.get(&place).is_some_and(|state| state.late);
        if !failure.passing || !late {
            self.store().blobs.create(&place.name(part), &bytes)?;
        }
        Ok(())
    }

    /// Takes an answer into the objects and names it in the log.
    fn anchor(&self, size: u64, answer: &[u8], at_ms: i64) -> Result<(), VaultError> {
        let digests: Digests = self.objects().put_bytes(answer)?.digests;
        let leaf = Leaf::new(LeafKind::Anchor)
            .with(LeafField::Obj, LeafValue::Sha256(digests.sha256))
            .with(LeafField::ObjSm3, LeafValue::Sm3(digests.sm3))
            .number(LeafField::Tree, i64::try_from(size).unwrap_or(i64::MAX))
            .number(LeafField::At, at_ms);
        self.append(leaf, at_ms)?;
        Ok(())
    }

    /// Ends what a run before had begun: answers that are kept and that no leaf names.
    fn anchor_kept(&self, at_ms: i64) -> Result<(), VaultError> {
        for name in self.store().blobs.list(STAMPS)?.names {
            let Some((place, Part::Answer)) = place_of(&name) else { continue };
            let answer = self.store().blobs.read(&name)?.unwrap_or_default();
            let named = self.entries_with(
                "kind = 'anchor' AND obj = ?1",
                &hex_of(&Digests::of(&answer).sha256),
            )?;
            if !named {
                self.anchor(place.size, &answer, at_ms)?;
            }
        }
        Ok(())
    }

    /// Whether an entry from `size` on is anything but an anchor.
    fn has_news(&self, size: u64) -> Result<bool, VaultError> {
        self.entries_with("kind <> 'anchor' AND idx >= CAST(?1 AS INTEGER)", &size.to_string())
    }

    fn entries_with(&self, condition: &str, value: &str) -> Result<bool, VaultError> {
        let (index, _) = self.caught_up()?;
        let sql = format!("SELECT EXISTS (SELECT 1 FROM entries WHERE {condition})");
        let found = index
            .db()
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row([value], |row| row.get::<_, bool>(0)));
        Ok(found.map_err(IndexError::from)?)
    }
}
