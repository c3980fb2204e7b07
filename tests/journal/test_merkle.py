"""The tree of RFC 6962, held against its definition, against its own test vectors, and against RFC 9162's check."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from independent_verifier import merkle

from ledger.errors import InputError
from ledger.journal.merkle import InclusionProof, MerkleTree, prove

# The leaves of the reference tests of Certificate Transparency (google/certificate-transparency,
# cpp/merkletree/merkle_tree_test.cc), and the roots over the first 1 to 8 of them.
LEAVES = [
    sha256(b"\0" + bytes.fromhex(leaf)).digest()
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def grown(leaves: list[bytes]) -> MerkleTree:
    tree = MerkleTree()
    for leaf in leaves:
        tree.add(leaf)
    return tree


def test_the_reference_roots() -> None:
    tree = MerkleTree()
    assert tree.root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for size, (leaf, root) in enumerate(zip(LEAVES, ROOTS, strict=True), 1):
        tree.add(leaf)
        assert (tree.size, tree.root().hex()) == (size, root)


def leaves_of(size: int) -> list[bytes]:
    return [sha256(bytes([0, number % 256, number // 256])).digest() for number in range(size)]


@pytest.mark.parametrize("size", [*range(18), 31, 32, 33, 100, 257])
def test_the_root_is_that_of_the_definition(size: int) -> None:
    assert grown(leaves_of(size)).root() == merkle(leaves_of(size))


def checks_out(proof: InclusionProof, leaf: bytes, root: bytes) -> bool:
    """RFC 9162, 2.1.3.2, step by step."""
    place, last, node = proof.index, proof.size - 1, leaf
    for other in proof.path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = sha256(b"\x01" + other + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + other).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


@given(st.integers(1, 70), st.data())
def test_a_proof_leads_to_the_root(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves, root = leaves_of(size + 3), merkle(leaves_of(size))
    proof = prove(leaves, index, size)
    assert proof.root(leaves[index]) == root
    assert checks_out(proof, leaves[index], root)
    assert proof.root(leaves[index + 1]) != root


def test_a_proof_of_the_reference_tree() -> None:
    # the same source: the path of leaf 6 among 8, and of leaf 3 among 3
    assert [node.hex() for node in prove(LEAVES, 5, 8).path] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [node.hex() for node in prove(LEAVES, 2, 3).path] == [ROOTS[1]]
    assert prove(LEAVES, 0, 1).path == ()


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (7, 3)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(InputError, match=rf"^entry {index + 1} is not among the first {size}$"):
        prove(LEAVES, index, size)


@pytest.mark.parametrize("index", [0, 5, 8])
def test_too_few_leaves_are_said(index: int) -> None:
    with pytest.raises(InputError, match=r"^the journal has fewer than 9 entries$"):
        prove(LEAVES, index, 9)


@pytest.mark.parametrize("path", [(), (LEAVES[0],), (LEAVES[0],) * 3])
def test_a_path_of_another_length_proves_nothing(path: tuple[bytes, ...]) -> None:
    with pytest.raises(InputError, match=r"^a proof of entry 3 of 4 takes 2 hashes$"):
        InclusionProof(2, 4, path).root(LEAVES[2])
