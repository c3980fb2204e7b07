/* Counts rows whose probabilities lie on the grid of 0.0001 and whose outcomes are 0 or 1.
 *
 * The same as _grid.py does in NumPy, in one pass instead of nine; it is built where there is a compiler, and nothing
 * depends on it. A probability p is on the grid if k / 10000 gives the bits of p back. Nothing is branched on, and what
 * is wrong is gathered as bits, so that compilers turn the first loop into vector instructions.
 */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <float.h>
#include <stdint.h>
#include <string.h>

#if defined(__FAST_MATH__) || (defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0)
#error "float64 arithmetic must round every result to float64"
#endif

#define GRID 10000
#define CELLS (2 * (GRID + 1))
#define BLOCK 1024
#define TO_WHOLE 6755399441055744.0 /* 3 * 2**51: adding it rounds to a whole number, taking it away gives that */
#define ONE UINT64_C(0x3FF0000000000000) /* the bits of 1.0: those of 0.0 to 1.0 are no greater */

static inline uint64_t bits(double number) {
    uint64_t same;
    memcpy(&same, &number, sizeof same);
    return same;
}

/* Of an outcome: whether it is 1, and bits that are 0 only if it is 0 or 1. */
#define FLOAT_YES(y) ((bits(y) >> 52) & 1)
#define FLOAT_WRONG(y) bits((y) * (1.0 - (y)))
#define BYTE_YES(y) ((y) & 1)
#define BYTE_WRONG(y) ((y) >> 1)

/* The cells 2 k + y of some rows; what comes back is 0 if all are on the grid. Of wrong rows the cells mean nothing. */
#define DEFINE_CELLS(NAME, OUTCOME, YES, WRONG)                                                           \
    static uint64_t NAME(const double *p, const OUTCOME *y, Py_ssize_t size, uint64_t *cell) {            \
        uint64_t wrong = 0;                                                                               \
        for (Py_ssize_t i = 0; i < size; i++) {                                                           \
            double raised = p[i] * GRID + TO_WHOLE; /* its lowest bits are k */                           \
            wrong |= bits((raised - TO_WHOLE) / GRID) ^ bits(p[i]);                                       \
            wrong |= (bits(p[i]) | (ONE - bits(p[i]))) >> 63;                                             \
            wrong |= WRONG(y[i]);                                                                         \
            cell[i] = (bits(raised) & 0xFFFF) * 2 + YES(y[i]);                                            \
        }                                                                                                 \
        return wrong;                                                                                     \
    }

DEFINE_CELLS(cells_of_floats, double, FLOAT_YES, FLOAT_WRONG)
DEFINE_CELLS(cells_of_bytes, uint8_t, BYTE_YES, BYTE_WRONG)

static int count_rows(const double *p, const Py_buffer *outcome, int64_t *table) {
    uint64_t cell[BLOCK];
    int is_float = outcome->itemsize == (Py_ssize_t)sizeof(double);
    Py_ssize_t n = outcome->len / outcome->itemsize;
    for (Py_ssize_t done = 0; done < n; done += BLOCK) {
        Py_ssize_t size = n - done < BLOCK ? n - done : BLOCK;
        uint64_t wrong = is_float ? cells_of_floats(p + done, (const double *)outcome->buf + done, size, cell)
                                  : cells_of_bytes(p + done, (const uint8_t *)outcome->buf + done, size, cell);
        if (wrong) return 0;
        for (Py_ssize_t i = 0; i < size; i++) table[cell[i]]++;
    }
    return 1;
}

static int is_format(const Py_buffer *view, const char *format) {
    return view->ndim == 1 && strcmp(view->format ? view->format : "B", format) == 0;
}

static int fits(const Py_buffer *p, const Py_buffer *y, const Py_buffer *table) {
    int is_known = is_format(p, "d") && (is_format(y, "d") || is_format(y, "B")) &&
                   (is_format(table, "l") || is_format(table, "q")) && table->itemsize == 8;
    return is_known && p->len / 8 == y->len / y->itemsize && table->len == CELLS * 8;
}

static PyObject *count(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer view[3];
    PyObject *column[3], *result = NULL;
    int held = 0;
    if (!PyArg_ParseTuple(args, "OOO:count", &column[0], &column[1], &column[2])) return NULL;
    for (; held < 3; held++) {
        int flags = PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (held == 2 ? PyBUF_WRITABLE : 0);
        if (PyObject_GetBuffer(column[held], &view[held], flags)) goto release;
    }
    if (!fits(&view[0], &view[1], &view[2])) {
        PyErr_SetString(PyExc_TypeError, "count takes float64, as many float64 or uint8, and int64 for every cell");
        goto release;
    }
    int counted;
    Py_BEGIN_ALLOW_THREADS
    counted = count_rows(view[0].buf, &view[1], view[2].buf);
    Py_END_ALLOW_THREADS
    result = PyBool_FromLong(counted);
release:
    while (held > 0) PyBuffer_Release(&view[--held]);
    return result;
}

static PyMethodDef methods[] = {
    {"count", count, METH_VARARGS, "Add rows to a table of cells; false, with the table in no known state, unless all fit."},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "_gridcount", .m_methods = methods, .m_slots = slots};

PyMODINIT_FUNC PyInit__gridcount(void) { return PyModuleDef_Init(&definition); }
