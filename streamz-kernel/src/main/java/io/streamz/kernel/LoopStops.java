package io.streamz.kernel;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Lets loops be stopped: a class of a cell gets a call of {@link StopFlag#check} before every jump back. A loop that waits
 * heeds an interrupt; one that computes would otherwise run until the kernel is killed, for threads cannot be stopped any more.
 */
final class LoopStops {
    private static final String FLAG = StopFlag.class.getName().replace('.', '/');

    private LoopStops() {}

    static byte[] into(byte[] bytecode) {
        ClassReader reader = new ClassReader(bytecode);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String signature, String[] exceptions) {
                        return new Jumps(super.visitMethod(access, name, type, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Jumps extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();

        Jumps(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (passed.contains(label)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, FLAG, "check", "()V", false);
            }
            super.visitJumpInsn(opcode, label);
        }
    }
}
