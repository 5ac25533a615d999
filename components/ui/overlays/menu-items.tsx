"use client";

import { createContext, use, type ComponentType, type ReactNode } from "react";

interface ItemProps {
  readonly disabled?: boolean;
  readonly onSelect?: () => void;
  readonly children: ReactNode;
}

interface RadioGroupProps {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly children: ReactNode;
}

interface RadioItemProps {
  readonly value: string;
  readonly children: ReactNode;
}

interface GroupProps {
  readonly label: ReactNode;
  readonly children: ReactNode;
}

/** What an open menu is made of; it hands it down, so that a closed one does without. */
export interface MenuParts {
  readonly Group: ComponentType<GroupProps>;
  readonly Item: ComponentType<ItemProps>;
  readonly Label: ComponentType<{ readonly children: ReactNode }>;
  readonly RadioGroup: ComponentType<RadioGroupProps>;
  readonly RadioItem: ComponentType<RadioItemProps>;
  readonly Separator: ComponentType;
}

export const MenuPartsContext = createContext<MenuParts | null>(null);

function useParts(): MenuParts {
  const parts = use(MenuPartsContext);
  if (!parts) throw new Error("A menu's items stand in a Menu.");
  return parts;
}

/** Items about one thing, which the label names. */
export function MenuGroup(props: GroupProps) {
  const { Group } = useParts();
  return <Group {...props} />;
}

export function MenuItem(props: ItemProps) {
  const { Item } = useParts();
  return <Item {...props} />;
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  const { Label } = useParts();
  return <Label>{children}</Label>;
}

export function MenuRadioGroup(props: RadioGroupProps) {
  const { RadioGroup } = useParts();
  return <RadioGroup {...props} />;
}

/** One of a `MenuRadioGroup`, ticked when it is the chosen one. */
export function MenuRadioItem(props: RadioItemProps) {
  const { RadioItem } = useParts();
  return <RadioItem {...props} />;
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator />;
}
