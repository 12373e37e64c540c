// Checks a log that fupan_ledger wrote with Go's reference implementation of notes and tiles.
// Usage: ledger DIR. Exit 0: accepted.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hash(text string) tlog.Hash {
	hash, err := tlog.ParseHash(text)
	must(err)
	return hash
}

// open checks the log's signature and answers with size and root.
func open(text []byte, key note.Verifier) tlog.Tree {
	signed, err := note.Open(text, note.VerifierList(key))
	must(err)
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		must(fmt.Errorf("origin %q is not %q", lines[0], key.Name()))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

// folder reads tiles: Go names them with their height, C2SP without.
type folder string

func (dir folder) Height() int { return 8 }

func (dir folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (dir folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(dir), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// entries reads all bundles.
func entries(dir string, size int64) [][]byte {
	var all [][]byte
	for n := int64(0); n*256 < size; n++ {
		path := fmt.Sprintf("tile/entries/%03d", n)
		if rest := size - n*256; rest < 256 {
			path += fmt.Sprintf(".p/%d", rest)
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		must(err)
		for len(data) > 0 {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				must(fmt.Errorf("%s ends inside an entry", path))
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			all = append(all, data[2:end])
			data = data[end:]
		}
	}
	return all
}

func main() {
	dir := os.Args[1]
	read := func(path string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, path))
		must(err)
		return data
	}
	key, err := note.NewVerifier(strings.TrimSpace(string(read("keys/log.vkey"))))
	must(err)
	tree := open(read("checkpoint"), key)
	reader := tlog.TileHashReader(tree, folder(dir))
	all := entries(dir, tree.N)
	if int64(len(all)) != tree.N {
		must(fmt.Errorf("%d entries, the checkpoint says %d", len(all), tree.N))
	}
	for index, entry := range all {
		got, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(index))})
		must(err)
		if got[0] != tlog.RecordHash(entry) {
			must(fmt.Errorf("entry %d has another hash than its tile says", index))
		}
	}
	proofs, err := filepath.Glob(filepath.Join(dir, "proofs", "*.tlog-proof"))
	must(err)
	for _, path := range proofs {
		text, err := os.ReadFile(path)
		must(err)
		entry, err := os.ReadFile(strings.TrimSuffix(path, "tlog-proof") + "entry")
		must(err)
		parts := bytes.SplitN(text, []byte("\n\n"), 2)
		lines := strings.Split(string(parts[0]), "\n")
		if len(parts) != 2 || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
			must(fmt.Errorf("%s is no proof", path))
		}
		index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
		must(err)
		var proof tlog.RecordProof
		for _, line := range lines[2:] {
			proof = append(proof, hash(line))
		}
		head := open(parts[1], key)
		must(tlog.CheckRecord(proof, head.N, head.Hash, index, tlog.RecordHash(entry)))
	}
	paths, err := filepath.Glob(filepath.Join(dir, "consistency", "*.txt"))
	must(err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		must(err)
		old, err := strconv.ParseInt(strings.Split(filepath.Base(path), "-")[0], 10, 64)
		must(err)
		var hashes []tlog.Hash
		for _, line := range strings.Fields(string(text)) {
			if _, err := base64.StdEncoding.DecodeString(line); err != nil {
				must(err)
			}
			hashes = append(hashes, hash(line))
		}
		must(tlog.CheckTree(hashes[1:], tree.N, tree.Hash, old, hashes[0]))
	}
	if len(proofs) == 0 || len(paths) == 0 {
		must(fmt.Errorf("no proofs found"))
	}
}
